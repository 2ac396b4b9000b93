/**
 * Decoding of files: still images, and frames sampled from videos by seeking, in bounded memory and
 * time.
 */
package org.touchstone.detectors.decode;
