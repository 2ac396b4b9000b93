/** Faces: where they are in a picture, and crops of them. */
package org.touchstone.detectors.faces;
