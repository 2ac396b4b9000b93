/** The choice among the face detectors that are installed. */
package org.touchstone.detectors.faces.installed;
