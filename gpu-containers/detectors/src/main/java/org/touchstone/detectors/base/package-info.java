/** What every part of detection needs: why a medium gives no score, limits, deadlines. */
package org.touchstone.detectors.base;
