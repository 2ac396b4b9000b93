/** Starts the analyses of batches one after another, and follows them until all have ended. */
package org.touchstone.batches;
