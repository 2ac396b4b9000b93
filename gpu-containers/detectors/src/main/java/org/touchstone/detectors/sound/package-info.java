/** The decoded sound of a medium. */
package org.touchstone.detectors.sound;
