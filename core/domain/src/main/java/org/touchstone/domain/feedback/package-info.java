/** Opinions on verdicts. */
package org.touchstone.domain.feedback;
