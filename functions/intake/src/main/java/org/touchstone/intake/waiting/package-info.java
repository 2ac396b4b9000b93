/** Requests that wait until an analysis changes, and answers that need not be sent again. */
package org.touchstone.intake.waiting;
