/** GenConViT: whether a face looks like one that networks like to draw. */
package org.touchstone.detectors.pipelines.genconvit;
