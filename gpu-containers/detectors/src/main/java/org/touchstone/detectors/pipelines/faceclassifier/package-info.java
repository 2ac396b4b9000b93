/**
 * Any classifier of aligned faces, such as GenD: the largest faces of sampled frames, one by one.
 */
package org.touchstone.detectors.pipelines.faceclassifier;
