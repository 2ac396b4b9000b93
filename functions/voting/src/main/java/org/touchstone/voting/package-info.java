/** The vote, the recording of a failed analysis, and the end of a lost job. */
package org.touchstone.voting;
