/** What a medium's signed credentials and labels say about its origin, in parts. */
package org.touchstone.domain.provenance;
