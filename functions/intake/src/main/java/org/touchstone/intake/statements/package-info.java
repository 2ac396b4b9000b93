/** Monthly statements of what accounts used and owe. */
package org.touchstone.intake.statements;
