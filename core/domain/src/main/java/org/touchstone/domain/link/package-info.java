/** Web addresses as people give them: parsed once, rebuilt from their parts. */
package org.touchstone.domain.link;
