/** The detector that reads generators' traces in metadata. */
package org.touchstone.detectors.pipelines.metadata;
