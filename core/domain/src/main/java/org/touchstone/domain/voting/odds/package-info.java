/** Log-odds, and what counted errors allow a score to say: exact bounds and the clip from them. */
package org.touchstone.domain.voting.odds;
