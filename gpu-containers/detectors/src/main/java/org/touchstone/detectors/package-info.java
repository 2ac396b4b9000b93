/** The registry of detectors. Their parts are in the packages below this one. */
package org.touchstone.detectors;
