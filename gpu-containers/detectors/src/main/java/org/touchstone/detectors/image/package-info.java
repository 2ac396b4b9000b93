/** Pictures: from a file of any common format to 8-bit RGB, within a bounded memory. */
package org.touchstone.detectors.image;
