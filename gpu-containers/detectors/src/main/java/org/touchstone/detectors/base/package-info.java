/** Shared basics of detection: limits, deadlines, and the reasons why a medium gives no score. */
package org.touchstone.detectors.base;
