/** Faces turned and scaled so that their landmarks are where a network expects them. */
package org.touchstone.detectors.faces.alignment;
