/**
 * What detectors that ask one installed model share. Each detector has a package of its own below
 * this one.
 */
package org.touchstone.detectors.pipelines;
