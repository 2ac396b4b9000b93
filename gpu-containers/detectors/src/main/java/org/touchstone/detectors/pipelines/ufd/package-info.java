/** UniversalFakeDetect: generated pictures recognised by CLIP's features. */
package org.touchstone.detectors.pipelines.ufd;
