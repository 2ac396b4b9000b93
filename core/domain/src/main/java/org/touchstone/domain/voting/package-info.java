/**
 * The vote: turns detectors' reports into a verdict. A versioned policy file holds all numbers of
 * its rules.
 */
package org.touchstone.domain.voting;
