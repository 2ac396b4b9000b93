/** FTCN and StyleFlow: whether a face moves as faces do. */
package org.touchstone.detectors.ftcn;
