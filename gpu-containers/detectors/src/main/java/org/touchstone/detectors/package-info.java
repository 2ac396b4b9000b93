/** Which detectors there are. What they are made of has packages of its own below this one. */
package org.touchstone.detectors;
