/** Faces and their landmarks by RetinaFace, once its model is installed. */
package org.touchstone.detectors.faces.retinaface;
