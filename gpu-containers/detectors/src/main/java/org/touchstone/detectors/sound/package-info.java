/** The sound of a medium as detectors see it. */
package org.touchstone.detectors.sound;
