/** Spoken words: what recognisers of all kinds hear, give and are unsure of. */
package org.touchstone.domain.speech;
