/**
 * The pictures in a TIFF file (TIFF 6.0, BigTIFF, DNG and the cameras' raw formats that are TIFF
 * inside), within bounds on directories, entries and bytes.
 */
package org.touchstone.formats.tiff;
