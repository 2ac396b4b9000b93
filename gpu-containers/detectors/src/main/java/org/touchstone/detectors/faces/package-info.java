/** Faces: their places in a picture, and crops of them. */
package org.touchstone.detectors.faces;
