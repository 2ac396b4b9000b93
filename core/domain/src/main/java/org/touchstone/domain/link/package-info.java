/** Web addresses as people enter them: parsed once, rebuilt from their parts. */
package org.touchstone.domain.link;
