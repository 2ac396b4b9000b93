/** What is said in a recording. There is no detector for it yet, only its place in the ensemble. */
package org.touchstone.detectors.pipelines.transcript;
