/** JSONata expressions over answers of others, bounded in time, depth and size. */
package org.touchstone.partners.expression;
