/**
 * Job execution: detectors run on a medium within limits, and a worker receives such jobs from a
 * queue. Plain Java; the packages below deal with the container around it.
 */
package org.touchstone.worker;
