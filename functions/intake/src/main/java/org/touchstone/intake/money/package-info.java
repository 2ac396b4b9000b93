/** What analyses cost, what accounts used, and what they may use at most. */
package org.touchstone.intake.money;
