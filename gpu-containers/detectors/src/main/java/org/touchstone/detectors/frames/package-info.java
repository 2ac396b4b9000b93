/** Videos: frames sampled by seeking, in bounded memory and time. */
package org.touchstone.detectors.frames;
