/**
 * What a detector is, what it is given, which detectors there are and how they are run. Decoding,
 * faces, models and metadata each have a package of their own below this one.
 */
package org.touchstone.detectors;
