/** The detector that reads what generators write about themselves. */
package org.touchstone.detectors.pipelines.metadata;
