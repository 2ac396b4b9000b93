/** Links to the media and the evidence of an analysis. */
package org.touchstone.intake.downloads;
