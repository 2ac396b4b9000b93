/** Any model that listens to windows of sound one by one. */
package org.touchstone.detectors.pipelines.windows;
