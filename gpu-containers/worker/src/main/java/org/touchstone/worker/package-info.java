/**
 * Doing jobs: detectors run on a medium within limits, and the worker that takes such jobs from a
 * queue. Plain Java; the container around it is in the packages below.
 */
package org.touchstone.worker;
