/** UniversalFakeDetect: generated pictures told by what CLIP sees in them. */
package org.touchstone.detectors.pipelines.ufd;
