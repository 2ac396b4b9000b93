/**
 * The vote: detectors' reports in, a verdict out, by rules whose every number lies in a versioned
 * policy file.
 */
package org.touchstone.domain.voting;
