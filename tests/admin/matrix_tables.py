"""Who may open and who may do what in the administration: one table.

Rows are addresses by their names, and an action of a list after a colon. D, R and A are
the states of the edition that the row is about: a draft, in review, authorised. Without
letters the state does not matter. The branch editors are limited to 8.2 and to 8.3;
what is tried lies in 8.2.

    yes   opens the page; or sends its form, and rows change
    no    is asked to sign in, or refused with 403
    -     may in another state of the edition, or with another row; nothing is written

A page that is not in the table fails a test: add its rows, and its form to
matrix_forms.py. The tests of test_permission_matrix.py print the rows as they are.
"""

#                                                       no  lec othr own ed- re- aut su-
#                                                   anon rol tor bra bra itr vis orz per
OPENS = """
api_apitoken_add                                     no  no  no  no  no  no  no  no  yes
api_apitoken_change                                  no  -   -   -   -   -   -   -   yes
api_apitoken_changelist                              no  yes yes yes yes yes yes yes yes
api_apitoken_delete                                  no  -   -   -   -   -   -   -   no
api_apitoken_deleted                                 no  yes yes yes yes yes yes yes yes
api_apitoken_history                                 no  no  no  no  no  no  no  no  yes
api_apitoken_revocar                                 no  -   -   -   -   -   -   -   yes
api_apitoken_simple_history                          no  no  no  no  no  no  no  no  yes
app_list                                             no  -   yes yes yes yes yes yes yes
auth_group_add                                       no  no  no  no  no  no  no  no  yes
auth_group_change                                    no  no  no  no  no  no  no  no  yes
auth_group_changelist                                no  no  no  no  no  no  no  no  yes
auth_group_delete                                    no  no  no  no  no  no  no  no  yes
auth_group_history                                   no  no  no  no  no  no  no  no  yes
auth_user_add                                        no  no  no  no  no  no  no  no  yes
auth_user_change                                     no  no  no  no  no  no  no  no  yes
auth_user_changelist                                 no  no  no  no  no  no  no  no  yes
auth_user_delete                                     no  no  no  no  no  no  no  no  no
auth_user_history                                    no  no  no  no  no  no  no  no  yes
auth_user_password_change                            no  no  no  no  no  no  no  no  yes
autocomplete                                         no  no  no  no  no  no  no  no  yes
exchange_matchdoubt_add                         D    no  no  no  no  no  no  no  no  no
exchange_matchdoubt_add                         RA   no  -   -   -   -   -   -   -   -
exchange_matchdoubt_change                      DRA  no  no  yes yes yes yes yes yes yes
exchange_matchdoubt_changelist                       no  no  yes yes yes yes yes yes yes
exchange_matchdoubt_confirmar                   D    no  no  no  no  yes yes no  no  yes
exchange_matchdoubt_confirmar                   RA   no  no  no  no  -   -   no  no  -
exchange_matchdoubt_delete                      DRA  no  no  no  no  no  no  no  no  no
exchange_matchdoubt_deleted                          no  no  yes yes yes yes yes yes yes
exchange_matchdoubt_history                     DRA  no  no  yes yes yes yes yes yes yes
exchange_matchdoubt_nueva                       D    no  no  no  no  yes yes no  no  yes
exchange_matchdoubt_nueva                       RA   no  no  no  no  -   -   no  no  -
exchange_matchdoubt_otra                        D    no  no  no  no  yes yes no  no  yes
exchange_matchdoubt_otra                        RA   no  no  no  no  -   -   no  no  -
exchange_matchdoubt_simple_history              DRA  no  no  yes yes yes yes yes yes yes
functions_function_add                          DRA  no  no  no  no  no  no  no  no  no
functions_function_change                       DRA  no  no  yes yes yes yes yes yes yes
functions_function_changelist                        no  no  yes yes yes yes yes yes yes
functions_function_delete                       DRA  no  no  no  no  no  no  no  no  no
functions_function_deleted                           no  no  yes yes yes yes yes yes yes
functions_function_history                      DRA  no  no  yes yes yes yes yes yes yes
functions_function_replace                      D    no  no  no  yes yes yes no  no  yes
functions_function_replace                      RA   no  no  no  -   -   -   no  no  -
functions_function_restaurar                    D    no  no  no  yes yes yes no  no  yes
functions_function_restaurar                    RA   no  no  no  -   -   -   no  no  -
functions_function_simple_history               DRA  no  no  yes yes yes yes yes yes yes
functions_synonym_add                                no  no  no  no  no  yes no  no  yes
functions_synonym_change                             no  no  yes yes yes yes yes yes yes
functions_synonym_changelist                         no  no  yes yes yes yes yes yes yes
functions_synonym_delete                             no  no  no  no  no  yes no  no  yes
functions_synonym_deleted                            no  no  yes yes yes yes yes yes yes
functions_synonym_history                            no  no  yes yes yes yes yes yes yes
functions_synonym_simple_history                     no  no  yes yes yes yes yes yes yes
index                                                no  yes yes yes yes yes yes yes yes
jsi18n                                               no  yes yes yes yes yes yes yes yes
login                                                yes -   -   -   -   -   -   -   -
logout                                               -   -   -   -   -   -   -   -   -
manuals_branchgrant_add                              no  no  no  no  no  no  no  no  yes
manuals_branchgrant_change                           no  no  yes yes yes yes yes yes yes
manuals_branchgrant_changelist                       no  no  yes yes yes yes yes yes yes
manuals_branchgrant_delete                           no  no  no  no  no  no  no  no  yes
manuals_branchgrant_deleted                          no  no  yes yes yes yes yes yes yes
manuals_branchgrant_history                          no  no  yes yes yes yes yes yes yes
manuals_branchgrant_simple_history                   no  no  yes yes yes yes yes yes yes
manuals_chapter_add                             D    no  no  no  no  no  yes no  no  yes
manuals_chapter_add                             RA   no  -   -   -   -   -   -   -   -
manuals_chapter_change                          DRA  no  no  yes yes yes yes yes yes yes
manuals_chapter_changelist                           no  no  yes yes yes yes yes yes yes
manuals_chapter_delete                          D    no  no  no  no  no  yes no  no  yes
manuals_chapter_delete                          RA   no  no  no  no  no  -   no  no  -
manuals_chapter_deleted                              no  no  yes yes yes yes yes yes yes
manuals_chapter_history                         DRA  no  no  yes yes yes yes yes yes yes
manuals_chapter_simple_history                  DRA  no  no  yes yes yes yes yes yes yes
manuals_edition_add                                  no  no  no  no  no  yes no  no  yes
manuals_edition_autorizar                       DA   no  no  no  no  no  no  no  -   -
manuals_edition_autorizar                       R    no  no  no  no  no  no  no  yes yes
manuals_edition_baja                            A    no  no  no  no  no  no  no  yes yes
manuals_edition_baja                            DR   no  no  no  no  no  no  no  -   -
manuals_edition_capitulo-de-funciones           D    no  no  no  no  no  yes no  no  yes
manuals_edition_capitulo-de-funciones           RA   no  no  no  no  no  -   no  no  -
manuals_edition_change                          DRA  no  no  yes yes yes yes yes yes yes
manuals_edition_changelist                           no  no  yes yes yes yes yes yes yes
manuals_edition_checks                          DRA  no  no  yes yes yes yes yes yes yes
manuals_edition_common                          DRA  no  no  yes yes yes yes yes yes yes
manuals_edition_common_group                    DRA  no  no  yes yes yes yes yes yes yes
manuals_edition_delete                          D    no  no  no  no  no  yes no  no  yes
manuals_edition_delete                          RA   no  no  no  no  no  -   no  no  -
manuals_edition_deleted                              no  no  yes yes yes yes yes yes yes
manuals_edition_devolver                        DA   no  no  no  no  no  no  -   -   -
manuals_edition_devolver                        R    no  no  no  no  no  no  yes yes yes
manuals_edition_duplicar                        DRA  no  no  no  no  no  yes no  no  yes
manuals_edition_enviar                          D    no  no  no  no  no  yes no  no  yes
manuals_edition_enviar                          RA   no  no  no  no  no  -   no  no  -
manuals_edition_export                          DRA  no  no  yes yes yes yes yes yes yes
manuals_edition_fix                             DRA  no  no  no  -   -   -   no  no  -
manuals_edition_history                         DRA  no  no  yes yes yes yes yes yes yes
manuals_edition_import                               no  no  no  no  no  yes no  no  yes
manuals_edition_motivos                         DRA  no  no  no  no  no  -   no  no  -
manuals_edition_registrar                       D    no  no  no  no  no  no  no  yes yes
manuals_edition_registrar                       RA   no  no  no  no  no  no  no  -   -
manuals_edition_renumerar                       D    no  no  no  no  no  yes no  no  yes
manuals_edition_renumerar                       RA   no  no  no  no  no  -   no  no  -
manuals_edition_reorganisation                  A    no  no  -   -   -   -   -   -   -
manuals_edition_reorganisation                  DR   no  no  yes yes yes yes yes yes yes
manuals_edition_reorganisation_csv              A    no  no  -   -   -   -   -   -   -
manuals_edition_reorganisation_csv              DR   no  no  yes yes yes yes yes yes yes
manuals_edition_saves                           DRA  no  no  yes yes yes yes yes yes yes
manuals_edition_simple_history                  DRA  no  no  yes yes yes yes yes yes yes
manuals_edition_undo                            D    no  no  no  yes yes yes no  no  yes
manuals_edition_undo                            RA   no  no  no  -   -   -   no  no  -
manuals_edition_unwaive                         DRA  no  no  no  -   -   -   no  no  -
manuals_edition_waive                           DRA  no  no  no  yes yes yes no  no  yes
manuals_edition_waivers                         DRA  no  no  yes yes yes yes yes yes yes
manuals_glossaryterm_aceptar                         no  no  no  no  no  yes no  no  yes
manuals_glossaryterm_add                             no  no  no  no  no  yes no  no  yes
manuals_glossaryterm_change                          no  no  yes yes yes yes yes yes yes
manuals_glossaryterm_changelist                      no  no  yes yes yes yes yes yes yes
manuals_glossaryterm_delete                          no  no  no  no  no  yes no  no  yes
manuals_glossaryterm_deleted                         no  no  yes yes yes yes yes yes yes
manuals_glossaryterm_history                         no  no  yes yes yes yes yes yes yes
manuals_glossaryterm_rechazar                        no  no  no  no  no  yes no  no  yes
manuals_glossaryterm_simple_history                  no  no  yes yes yes yes yes yes yes
manuals_manual_add                                   no  no  no  no  no  yes no  no  yes
manuals_manual_change                                no  no  yes yes yes yes yes yes yes
manuals_manual_changelist                            no  no  yes yes yes yes yes yes yes
manuals_manual_delete                                no  no  no  no  no  yes no  no  yes
manuals_manual_deleted                               no  no  yes yes yes yes yes yes yes
manuals_manual_history                               no  no  yes yes yes yes yes yes yes
manuals_manual_simple_history                        no  no  yes yes yes yes yes yes yes
manuals_source_add                              DRA  no  no  no  no  no  no  no  no  no
manuals_source_change                           DRA  no  no  yes yes yes yes yes yes yes
manuals_source_changelist                            no  no  yes yes yes yes yes yes yes
manuals_source_delete                           DRA  no  no  no  no  no  no  no  no  no
manuals_source_history                          DRA  no  no  yes yes yes yes yes yes yes
manuals_transition_add                          DRA  no  no  no  no  no  no  no  no  no
manuals_transition_change                       DRA  no  no  yes yes yes yes yes yes yes
manuals_transition_changelist                        no  no  yes yes yes yes yes yes yes
manuals_transition_delete                       DRA  no  no  no  no  no  no  no  no  no
manuals_transition_history                      DRA  no  no  yes yes yes yes yes yes yes
password_change                                      no  yes yes yes yes yes yes yes yes
password_change_done                                 no  yes yes yes yes yes yes yes yes
review_changenote_add                           D    no  no  no  yes yes yes no  no  yes
review_changenote_add                           RA   no  -   -   -   -   -   -   -   -
review_changenote_change                        DRA  no  no  yes yes yes yes yes yes yes
review_changenote_changelist                         no  no  yes yes yes yes yes yes yes
review_changenote_delete                        D    no  no  no  no  yes yes no  no  yes
review_changenote_delete                        RA   no  no  no  no  -   -   no  no  -
review_changenote_deleted                            no  no  yes yes yes yes yes yes yes
review_changenote_history                       DRA  no  no  yes yes yes yes yes yes yes
review_changenote_simple_history                DRA  no  no  yes yes yes yes yes yes yes
review_knownacronym_add                              no  no  no  no  no  yes no  no  yes
review_knownacronym_change                           no  no  yes yes yes yes yes yes yes
review_knownacronym_changelist                       no  no  yes yes yes yes yes yes yes
review_knownacronym_delete                           no  no  no  no  no  yes no  no  yes
review_knownacronym_deleted                          no  no  yes yes yes yes yes yes yes
review_knownacronym_export                           no  no  yes yes yes yes yes yes yes
review_knownacronym_history                          no  no  yes yes yes yes yes yes yes
review_knownacronym_import                           no  no  no  no  no  yes no  no  yes
review_knownacronym_simple_history                   no  no  yes yes yes yes yes yes yes
review_levelverb_add                                 no  no  no  no  no  yes no  no  yes
review_levelverb_change                              no  no  yes yes yes yes yes yes yes
review_levelverb_changelist                          no  no  yes yes yes yes yes yes yes
review_levelverb_delete                              no  no  no  no  no  yes no  no  yes
review_levelverb_deleted                             no  no  yes yes yes yes yes yes yes
review_levelverb_export                              no  no  yes yes yes yes yes yes yes
review_levelverb_history                             no  no  yes yes yes yes yes yes yes
review_levelverb_import                              no  no  no  no  no  yes no  no  yes
review_levelverb_simple_history                      no  no  yes yes yes yes yes yes yes
review_obsoletename_add                              no  no  no  no  no  yes no  no  yes
review_obsoletename_change                           no  no  yes yes yes yes yes yes yes
review_obsoletename_changelist                       no  no  yes yes yes yes yes yes yes
review_obsoletename_delete                           no  no  no  no  no  yes no  no  yes
review_obsoletename_deleted                          no  no  yes yes yes yes yes yes yes
review_obsoletename_export                           no  no  yes yes yes yes yes yes yes
review_obsoletename_history                          no  no  yes yes yes yes yes yes yes
review_obsoletename_import                           no  no  no  no  no  yes no  no  yes
review_obsoletename_simple_history                   no  no  yes yes yes yes yes yes yes
review_succession_add                           D    no  no  no  no  no  yes no  no  yes
review_succession_add                           RA   no  -   -   -   -   -   -   -   -
review_succession_change                        DRA  no  no  yes yes yes yes yes yes yes
review_succession_changelist                         no  no  yes yes yes yes yes yes yes
review_succession_delete                        D    no  no  no  no  no  yes no  no  yes
review_succession_delete                        RA   no  no  no  no  no  -   no  no  -
review_succession_deleted                            no  no  yes yes yes yes yes yes yes
review_succession_history                       DRA  no  no  yes yes yes yes yes yes yes
review_succession_simple_history                DRA  no  no  yes yes yes yes yes yes yes
units_unit_add                                  D    no  no  no  yes yes yes no  no  yes
units_unit_add                                  RA   no  -   -   -   -   -   -   -   -
units_unit_agregar                              D    no  no  no  no  yes yes no  no  yes
units_unit_agregar                              RA   no  no  no  no  -   -   no  no  -
units_unit_change                               DRA  no  no  yes yes yes yes yes yes yes
units_unit_changelist                                no  no  yes yes yes yes yes yes yes
units_unit_delete                               D    no  no  no  no  yes yes no  no  yes
units_unit_delete                               RA   no  no  no  no  -   -   no  no  -
units_unit_deleted                                   no  no  yes yes yes yes yes yes yes
units_unit_functions_changes                    DRA  no  -   -   -   -   -   -   -   -
units_unit_functions_history                    DRA  no  no  yes yes yes yes yes yes yes
units_unit_functions_paste                      DRA  no  -   -   -   -   -   -   -   -
units_unit_history                              DRA  no  no  yes yes yes yes yes yes yes
units_unit_mover                                D    no  no  no  no  yes yes no  no  yes
units_unit_mover                                RA   no  no  no  no  -   -   no  no  -
units_unit_mover-funcion                        D    no  no  no  no  yes yes no  no  yes
units_unit_mover-funcion                        RA   no  no  no  no  -   -   no  no  -
units_unit_nombre                               D    no  no  no  no  yes yes no  no  yes
units_unit_nombre                               RA   no  no  no  no  -   -   no  no  -
units_unit_restaurar                            D    no  no  no  yes yes yes no  no  yes
units_unit_restaurar                            RA   no  no  no  -   -   -   no  no  -
units_unit_simple_history                       DRA  no  no  yes yes yes yes yes yes yes
units_unit_structure                            DRA  no  no  yes yes yes yes yes yes yes
units_unitkind_add                                   no  no  no  no  no  yes no  no  yes
units_unitkind_change                                no  no  yes yes yes yes yes yes yes
units_unitkind_changelist                            no  no  yes yes yes yes yes yes yes
units_unitkind_delete                                no  no  no  no  no  yes no  no  yes
units_unitkind_deleted                               no  no  yes yes yes yes yes yes yes
units_unitkind_history                               no  no  yes yes yes yes yes yes yes
units_unitkind_simple_history                        no  no  yes yes yes yes yes yes yes
view_on_site                                         no  -   -   -   -   -   -   -   -
webhooks_delivery_add                                no  no  no  no  no  no  no  no  no
webhooks_delivery_change                             no  no  no  no  no  no  no  no  yes
webhooks_delivery_changelist                         no  no  no  no  no  no  no  no  yes
webhooks_delivery_delete                             no  no  no  no  no  no  no  no  no
webhooks_delivery_history                            no  no  no  no  no  no  no  no  yes
webhooks_delivery_reenviar                           no  no  no  no  no  no  no  no  yes
webhooks_endpoint_activar                            no  no  no  no  no  no  no  no  -
webhooks_endpoint_add                                no  no  no  no  no  no  no  no  yes
webhooks_endpoint_change                             no  no  no  no  no  no  no  no  yes
webhooks_endpoint_changelist                         no  no  no  no  no  no  no  no  yes
webhooks_endpoint_delete                             no  no  no  no  no  no  no  no  yes
webhooks_endpoint_deleted                            no  no  no  no  no  no  no  no  yes
webhooks_endpoint_detener                            no  no  no  no  no  no  no  no  yes
webhooks_endpoint_history                            no  no  no  no  no  no  no  no  yes
webhooks_endpoint_probar                             no  no  no  no  no  no  no  no  yes
webhooks_endpoint_secreto                            no  no  no  no  no  no  no  no  yes
webhooks_endpoint_simple_history                     no  no  no  no  no  no  no  no  yes
"""

SENDS = """
api_apitoken_add                                     no  no  no  no  no  no  no  no  yes
api_apitoken_revocar                                 no  -   -   -   -   -   -   -   yes
auth_group_add                                       no  no  no  no  no  no  no  no  yes
auth_group_change                                    no  no  no  no  no  no  no  no  yes
auth_group_delete                                    no  no  no  no  no  no  no  no  yes
auth_user_add                                        no  no  no  no  no  no  no  no  yes
auth_user_change                                     no  no  no  no  no  no  no  no  yes
auth_user_changelist:deactivate                      no  no  no  no  no  no  no  no  yes
auth_user_password_change                            no  no  no  no  no  no  no  no  yes
exchange_matchdoubt_confirmar                   D    no  no  no  no  yes yes no  no  yes
exchange_matchdoubt_confirmar                   RA   no  no  no  no  -   -   no  no  -
exchange_matchdoubt_nueva                       D    no  no  no  no  yes yes no  no  yes
exchange_matchdoubt_nueva                       RA   no  no  no  no  -   -   no  no  -
exchange_matchdoubt_otra                        D    no  no  no  no  yes yes no  no  yes
exchange_matchdoubt_otra                        RA   no  no  no  no  -   -   no  no  -
functions_function_replace                      D    no  no  no  -   yes yes no  no  yes
functions_function_replace                      RA   no  no  no  -   -   -   no  no  -
functions_function_restaurar                    D    no  no  no  no  yes yes no  no  yes
functions_function_restaurar                    RA   no  no  no  -   -   -   no  no  -
functions_synonym_add                                no  no  no  no  no  yes no  no  yes
functions_synonym_change                             no  no  no  no  no  yes no  no  yes
functions_synonym_delete                             no  no  no  no  no  yes no  no  yes
manuals_branchgrant_add                              no  no  no  no  no  no  no  no  yes
manuals_branchgrant_delete                           no  no  no  no  no  no  no  no  yes
manuals_chapter_add                             D    no  no  no  no  no  yes no  no  yes
manuals_chapter_add                             RA   no  -   -   -   -   -   -   -   -
manuals_chapter_change                          D    no  no  no  no  no  yes no  no  yes
manuals_chapter_change                          RA   no  no  no  no  no  -   no  no  -
manuals_chapter_delete                          D    no  no  no  no  no  yes no  no  yes
manuals_chapter_delete                          RA   no  no  no  no  no  -   no  no  -
manuals_edition_add                                  no  no  no  no  no  yes no  no  yes
manuals_edition_autorizar                       DA   no  no  no  no  no  no  no  -   -
manuals_edition_autorizar                       R    no  no  no  no  no  no  no  yes yes
manuals_edition_baja                            A    no  no  no  no  no  no  no  yes yes
manuals_edition_baja                            DR   no  no  no  no  no  no  no  -   -
manuals_edition_capitulo-de-funciones           D    no  no  no  no  no  yes no  no  yes
manuals_edition_capitulo-de-funciones           RA   no  no  no  no  no  -   no  no  -
manuals_edition_change                          D    no  no  no  no  no  yes no  no  yes
manuals_edition_change                          RA   no  no  no  no  no  -   no  no  -
manuals_edition_common_group                    D    no  no  no  -   yes yes no  no  yes
manuals_edition_common_group                    RA   no  no  no  -   -   -   no  no  -
manuals_edition_delete                          D    no  no  no  no  no  yes no  no  yes
manuals_edition_delete                          RA   no  no  no  no  no  -   no  no  -
manuals_edition_devolver                        DA   no  no  no  no  no  no  -   -   -
manuals_edition_devolver                        R    no  no  no  no  no  no  yes yes yes
manuals_edition_duplicar                        DRA  no  no  no  no  no  yes no  no  yes
manuals_edition_enviar                          D    no  no  no  no  no  yes no  no  yes
manuals_edition_enviar                          RA   no  no  no  no  no  -   no  no  -
manuals_edition_import                               no  no  no  no  no  yes no  no  yes
manuals_edition_motivos                         DRA  no  no  no  no  no  -   no  no  -
manuals_edition_registrar                       D    no  no  no  no  no  no  no  yes yes
manuals_edition_registrar                       RA   no  no  no  no  no  no  no  -   -
manuals_edition_renumerar                       D    no  no  no  no  no  yes no  no  yes
manuals_edition_renumerar                       RA   no  no  no  no  no  -   no  no  -
manuals_edition_undo                            D    no  no  no  no  yes yes no  no  yes
manuals_edition_undo                            RA   no  no  no  -   -   -   no  no  -
manuals_edition_waive                           DRA  no  no  no  yes -   yes no  no  yes
manuals_glossaryterm_aceptar                         no  no  no  no  no  yes no  no  yes
manuals_glossaryterm_add                             no  no  no  no  no  yes no  no  yes
manuals_glossaryterm_change                          no  no  no  no  no  yes no  no  yes
manuals_glossaryterm_changelist:accept_selected      no  no  -   -   -   yes -   -   yes
manuals_glossaryterm_changelist:reject_selected      no  no  -   -   -   yes -   -   yes
manuals_glossaryterm_delete                          no  no  no  no  no  yes no  no  yes
manuals_glossaryterm_rechazar                        no  no  no  no  no  yes no  no  yes
manuals_manual_add                                   no  no  no  no  no  yes no  no  yes
manuals_manual_change                                no  no  no  no  no  yes no  no  yes
manuals_manual_delete                                no  no  no  no  no  yes no  no  yes
password_change                                      no  yes yes yes yes yes yes yes yes
review_changenote_add                           D    no  no  no  no  yes yes no  no  yes
review_changenote_add                           RA   no  -   -   -   -   -   -   -   -
review_changenote_change                        D    no  no  no  no  yes yes no  no  yes
review_changenote_change                        RA   no  no  no  no  -   -   no  no  -
review_changenote_delete                        D    no  no  no  no  yes yes no  no  yes
review_changenote_delete                        RA   no  no  no  no  -   -   no  no  -
review_knownacronym_add                              no  no  no  no  no  yes no  no  yes
review_knownacronym_change                           no  no  no  no  no  yes no  no  yes
review_knownacronym_delete                           no  no  no  no  no  yes no  no  yes
review_knownacronym_import                           no  no  no  no  no  yes no  no  yes
review_levelverb_add                                 no  no  no  no  no  yes no  no  yes
review_levelverb_change                              no  no  no  no  no  yes no  no  yes
review_levelverb_delete                              no  no  no  no  no  yes no  no  yes
review_levelverb_import                              no  no  no  no  no  yes no  no  yes
review_obsoletename_add                              no  no  no  no  no  yes no  no  yes
review_obsoletename_change                           no  no  no  no  no  yes no  no  yes
review_obsoletename_delete                           no  no  no  no  no  yes no  no  yes
review_obsoletename_import                           no  no  no  no  no  yes no  no  yes
review_succession_add                           D    no  no  no  no  no  yes no  no  yes
review_succession_add                           RA   no  -   -   -   -   -   -   -   -
review_succession_delete                        D    no  no  no  no  no  yes no  no  yes
review_succession_delete                        RA   no  no  no  no  no  -   no  no  -
units_unit_add                                  D    no  no  no  -   yes yes no  no  yes
units_unit_add                                  RA   no  -   -   -   -   -   -   -   -
units_unit_agregar                              D    no  no  no  no  yes yes no  no  yes
units_unit_agregar                              RA   no  no  no  no  -   -   no  no  -
units_unit_change                               D    no  no  no  no  yes yes no  no  yes
units_unit_change                               RA   no  no  no  no  -   -   no  no  -
units_unit_delete                               D    no  no  no  no  yes yes no  no  yes
units_unit_delete                               RA   no  no  no  no  -   -   no  no  -
units_unit_mover                                D    no  no  no  no  yes yes no  no  yes
units_unit_mover                                RA   no  no  no  no  -   -   no  no  -
units_unit_mover-funcion                        D    no  no  no  no  yes yes no  no  yes
units_unit_mover-funcion                        RA   no  no  no  no  -   -   no  no  -
units_unit_nombre                               D    no  no  no  no  yes yes no  no  yes
units_unit_nombre                               RA   no  no  no  no  -   -   no  no  -
units_unit_restaurar                            D    no  no  no  no  yes yes no  no  yes
units_unit_restaurar                            RA   no  no  no  -   -   -   no  no  -
units_unitkind_add                                   no  no  no  no  no  yes no  no  yes
units_unitkind_change                                no  no  no  no  no  yes no  no  yes
units_unitkind_delete                                no  no  no  no  no  yes no  no  yes
webhooks_delivery_changelist:send_again              no  no  no  no  no  no  no  no  yes
webhooks_delivery_reenviar                           no  no  no  no  no  no  no  no  yes
webhooks_endpoint_add                                no  no  no  no  no  no  no  no  yes
webhooks_endpoint_change                             no  no  no  no  no  no  no  no  yes
webhooks_endpoint_delete                             no  no  no  no  no  no  no  no  yes
webhooks_endpoint_detener                            no  no  no  no  no  no  no  no  yes
webhooks_endpoint_probar                             no  no  no  no  no  no  no  no  yes
webhooks_endpoint_secreto                            no  no  no  no  no  no  no  no  yes
"""
