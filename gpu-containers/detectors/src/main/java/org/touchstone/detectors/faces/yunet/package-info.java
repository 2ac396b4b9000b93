/** Faces and their landmarks by YuNet, once its model is installed. */
package org.touchstone.detectors.faces.yunet;
