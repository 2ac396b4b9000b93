/** The texts of replies: data files, one a language, which an organisation can override. */
package org.touchstone.mentions.templates;
