/**
 * Containers and video decoding by ffmpeg's libraries, which are called directly: JavaCV's grabber
 * loads ffmpeg's device library too, and with it system libraries that servers do not have.
 */
package org.touchstone.detectors.media;
