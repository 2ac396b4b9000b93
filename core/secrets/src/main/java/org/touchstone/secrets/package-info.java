/** Keys of other organisations' services: where they come from, and texts that hide them. */
package org.touchstone.secrets;
