/** Lambda handlers for the vote, for recording a failed analysis, and for ending a lost job. */
package org.touchstone.voting;
