/** The Lambda that asks voters of other organisations, and what it is made of. */
package org.touchstone.partners;
