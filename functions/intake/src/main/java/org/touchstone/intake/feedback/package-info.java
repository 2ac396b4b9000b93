/** Opinions on verdicts. */
package org.touchstone.intake.feedback;
