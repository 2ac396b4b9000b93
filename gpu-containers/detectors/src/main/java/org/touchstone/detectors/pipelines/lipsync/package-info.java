/** Whether a visible mouth moves with the speech that is heard. */
package org.touchstone.detectors.pipelines.lipsync;
