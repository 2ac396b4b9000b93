/** What is known of the detectors, and what a request may ask of them. */
package org.touchstone.intake.detectors;
