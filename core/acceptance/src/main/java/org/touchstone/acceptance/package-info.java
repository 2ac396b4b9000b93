/** Accepting an analysis: its input is checked, its price reserved, and its workflow started. */
package org.touchstone.acceptance;
