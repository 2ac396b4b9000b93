/** The spoken words of a recording, written down by an installed recogniser or by a service. */
package org.touchstone.detectors.pipelines.transcript;
