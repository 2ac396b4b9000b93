/** One medium as detectors see it, what a detector is, and how detectors are run on a medium. */
package org.touchstone.detectors.context;
