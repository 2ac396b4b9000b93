/** Any model that looks at pictures, faces or short clips of sampled frames one by one. */
package org.touchstone.detectors.pipelines.frames;
